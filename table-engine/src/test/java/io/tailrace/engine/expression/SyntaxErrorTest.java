package io.tailrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that text outside the grammar is refused at the token and with the neighbours that DynamoDB names. */
class SyntaxErrorTest {
    @ParameterizedTest
    @MethodSource("conditions")
    void conditionIsRefusedAtTheToken(String text, String tokenAndNear) {
        assertSyntaxError(text, tokenAndNear, ExpressionKind.CONDITION);
    }

    static Stream<Arguments> conditions() {
        return Cases.table("""
                a = :a AND                   => <EOF> near AND
                = :a                         => = near = :a
                a :a                         => :a near a :a
                a = = :a                     => = near = = :a
                a == :a                      => = near == :a
                a = :a b                     => b near :a b
                a[-1] = :a                   => - near [-1
                a[1.5]=:a                    => . near 1.5
                a[01]=:a                     => 1 near 01]
                a[0x1]=:a                    => x1 near 0x1]
                a[]=:a                       => ] near []=
                a[b]=:a                      => b near [b]
                a[:a]=:a                     => :a near [:a]
                1a=:a                        => 1 near 1a
                _a=:a                        => _ near _a
                a-b=:a                       => - near a-b
                a!=:a                        => ! near a!=
                a @ :a                       => @ near a @ :a
                "a"=:a                       => " near "a
                a='x'                        => ' near ='x
                a..b=:a                      => . near ..b
                a.=:a                        => = near .=:a
                .a=:a                        => . near .a
                a.[0]=:a                     => [ near .[0
                :a.b=:a                      => . near :a.b
                #a#b=:a                      => #b near #a#b=
                #=:a                         => # near #=
                a=:                          => : near =:
                attribute_exists()           => ) near ()
                a IN ()                      => ) near ()
                a IN :a                      => :a near IN :a
                a IN (:a,)                   => ) near ,)
                a BETWEEN :a                 => <EOF> near :a
                a BETWEEN :a OR :a           => OR near :a OR :a
                a BETWEEN :a AND :a AND :a   => <EOF> near :a
                a BETWEEN (:a AND :a)        => AND near :a AND :a
                NOT                          => <EOF> near NOT
                NOT a                        => <EOF> near a
                a AND b                      => AND near a AND b
                :a                           => <EOF> near :a
                (a)                          => <EOF> near )
                ((a))                        => <EOF> near )
                (a).b = :a                   => . near ).b
                (a=:a) = :a                  => = near ) = :a
                a = :a)                      => ) near :a)
                (a = :a                      => <EOF> near :a
                a,b = :a                     => , near a,b
                a = (:a, :b)                 => , near :a, :b
                and = :a                     => and near and =
                not=:a                       => = near not=:a
                a = NOT b                    => NOT near = NOT b
                set = :a                     => set near set =
                a.set=:a                     => set near .set=
                a=:aAND b=:a                 => b near :aAND b=
                a< >:a                       => > near < >:a
                a=:a OR OR b=:a              => OR near OR OR b
                a = :a + :a                  => + near :a + :a
                size(a b)                    => b near a b)
                size(a=:a)                   => = near a=:a
                attribute_exists((a=:a))     => = near a=:a
                a=:a--x                      => - near :a--
                é=:a                         => é near é=
                a=:a😀                       => 😀 near :a😀
                """);
    }

    @ParameterizedTest
    @MethodSource("updates")
    void updateIsRefusedAtTheToken(String text, String tokenAndNear) {
        assertSyntaxError(text, tokenAndNear, ExpressionKind.UPDATE);
    }

    static Stream<Arguments> updates() {
        return Cases.table("""
                SET                 => <EOF> near SET
                INVALID SYNTAX HERE => INVALID near INVALID SYNTAX
                SET a               => <EOF> near a
                SET a=:a,           => <EOF> near ,
                SET a=:a, SET b=:a  => SET near , SET b
                ADD a = :a          => = near a = :a
                ADD a b             => b near a b
                ADD a (:a)          => ( near a (:a
                DELETE a b          => b near a b
                SET (a)=:a          => ( near SET (a
                SET a=b + :a + :a   => + near :a + :a
                SET a=b+(c+:a)      => + near c+:a
                SET a=(b+c)+:a      => + near )+:a
                SET a=-:a           => - near =-:a
                SET a=f(a,:a+:a)    => + near :a+:a
                SET a=1             => 1 near =1
                SETa=:a             => SETa near SETa=
                SET a=remove        => remove near =remove
                SET a=:a;           => ; near :a;
                REMOVE :a           => :a near REMOVE :a
                REMOVE size(a)      => ( near size(a
                SET a = :a WHERE b  => WHERE near :a WHERE b
                """);
    }

    @ParameterizedTest
    @MethodSource("projections")
    void projectionIsRefusedAtTheToken(String text, String tokenAndNear) {
        assertSyntaxError(text, tokenAndNear, ExpressionKind.PROJECTION);
    }

    static Stream<Arguments> projections() {
        return Cases.table("""
                ,       => , near ,
                a,      => <EOF> near ,
                a b     => b near a b
                (a)     => ( near (a
                size(a) => ( near size(a
                a=:a    => = near a=:a
                *       => * near *
                :a      => :a near :a
                in      => in near in
                """);
    }

    @Test
    void whiteSpaceAtTheEdgesBelongsToTheNeighbours() {
        assertSyntaxError("  = a", "= near   = a", ExpressionKind.CONDITION);
        assertSyntaxError("a :a  ", ":a near a :a  ", ExpressionKind.CONDITION);
        assertSyntaxError("   ", "<EOF> near    ", ExpressionKind.CONDITION);
    }

    private static void assertSyntaxError(String text, String tokenAndNear, ExpressionKind kind) {
        int split = tokenAndNear.indexOf(" near ");
        assertThatThrownBy(() -> parse(kind, text))
                .isInstanceOf(ExpressionException.class)
                .hasMessage("Invalid " + kind.parameterName() + ": Syntax error; token: \""
                        + tokenAndNear.substring(0, split) + "\", near: \""
                        + tokenAndNear.substring(split + " near ".length()) + "\"");
    }

    private static Object parse(ExpressionKind kind, String text) {
        return switch (kind) {
            case CONDITION, FILTER -> ConditionExpression.parse(kind, text);
            case KEY_CONDITION -> KeyConditionExpression.parse(text);
            case PROJECTION -> ProjectionExpression.parse(text);
            case UPDATE -> UpdateExpression.parse(text);
            case STATEMENT -> throw new IllegalArgumentException("statements have a parser of their own");
        };
    }
}
