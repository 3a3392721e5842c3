package io.tailrace.server.cli;

import io.tailrace.server.runtime.StartException;
import io.tailrace.server.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a user what went wrong, in sentences. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        say(command, failure.getMessage());
        if (UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            command.getErr().flush();
        }
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof SettingsException settings) {
            settings.problems().forEach(problem -> say(command, problem));
            return ExitCode.USAGE;
        }
        boolean expected = failure instanceof StartException || failure instanceof CommandFailedException;
        say(command, expected ? failure.getMessage() : "unexpected failure: " + failure);
        if (SettingsOptions.verbose(command.getCommandSpec())) {
            failure.printStackTrace(command.getErr());
        } else if (!expected) {
            command.getErr().println("Run it again with --verbose to see where.");
        }
        return ExitCode.SOFTWARE;
    }

    private static void say(CommandLine command, String message) {
        command.getErr().println(command.getColorScheme().errorText("tailrace: " + message));
    }
}
