package io.rpcboot.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommentsTest {

    @Test
    void anEmptyLineStartsAParagraph() {
        assertThat(Comments.javadoc(" One.\n Still one.\n\n\n Two.\n"))
                .containsExactly("One.", "Still one.", "", "<p>Two.");
    }

    @Test
    void whatJavaOrHtmlWouldReadIsEscaped() {
        assertThat(Comments.javadoc(" a<b && c>d @see */ \\u0041"))
                .containsExactly("a&lt;b &amp;&amp; c&gt;d &#64;see *&#47; &#92;u0041");
    }

    @Test
    void theStarOfAJavadocCommentIsLeftOutAndThatOfAListStays() {
        assertThat(Comments.javadoc("*\n One:\n * two\n")).containsExactly("One:", "* two");
    }

    @Test
    void anEmptyCommentHasNoLines() {
        assertThat(Comments.javadoc(" \n\n")).isEmpty();
    }
}
