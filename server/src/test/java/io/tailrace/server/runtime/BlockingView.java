package io.tailrace.server.runtime;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An asynchronous client as a synchronous one, so that one test is right for both. */
final class BlockingView implements InvocationHandler {
    private final DynamoDbAsyncClient client;

    private BlockingView(DynamoDbAsyncClient client) {
        this.client = client;
    }

    static DynamoDbClient of(DynamoDbAsyncClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                BlockingView.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, new BlockingView(client));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        boolean isCall = method.getParameterCount() == 1
                && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                && !method.getName().endsWith("Paginator");
        if (!isCall) {
            return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : method.getName();
        }
        Method call = DynamoDbAsyncClient.class.getMethod(method.getName(), method.getParameterTypes());
        try {
            return ((CompletableFuture<?>) call.invoke(client, arguments)).join();
        } catch (InvocationTargetException | CompletionException failed) {
            throw failed.getCause();
        }
    }
}
