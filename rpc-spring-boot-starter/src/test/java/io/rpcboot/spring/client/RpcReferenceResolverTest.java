package io.rpcboot.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rpcboot.demo.proto.UserService;
import io.rpcboot.spring.RpcReference;
import io.rpcboot.spring.test.Applications;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.context.annotation.Lazy;

class RpcReferenceResolverTest {

    @Test
    void theResolverThatWasThereAnswersAllOtherPoints() {
        Applications.inOneProcess()
                .withInitializer(context -> ((DefaultListableBeanFactory) context.getBeanFactory())
                        .setAutowireCandidateResolver(new SuggestsTexts()))
                .withPropertyValues("number=7")
                .withBean(Points.class)
                .run(context -> {
                    Points points = context.getBean(Points.class);

                    assertThat(points.text).isEqualTo("suggested");
                    assertThat(points.number).isEqualTo(7);
                    assertThat(points.later).isNotNull();
                    assertThat(points.users).isNotNull();
                });
    }

    /** Stands for what other libraries install. */
    static class SuggestsTexts extends ContextAnnotationAutowireCandidateResolver {
        @Override
        public Object getSuggestedValue(DependencyDescriptor descriptor) {
            return descriptor.getDependencyType() == String.class ? "suggested" : super.getSuggestedValue(descriptor);
        }
    }

    static class Points {
        @Autowired
        String text;

        @Value("${number}")
        int number;

        @Lazy
        @Autowired
        Runnable later;

        @RpcReference
        UserService users;
    }
}
