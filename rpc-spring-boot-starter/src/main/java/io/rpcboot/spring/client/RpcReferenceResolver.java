package io.rpcboot.spring.client;

import io.rpcboot.spring.RpcReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinitionHolder;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.AutowireCandidateResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;

/**
 * Answers injection points that carry {@link RpcReference}, and leaves all others to the resolver that was there before. Extends Spring's
 * own only because Spring looks for that type. Safe for use by many threads.
 */
public final class RpcReferenceResolver extends ContextAnnotationAutowireCandidateResolver {

    private final AutowireCandidateResolver delegate;
    private final RpcReferences references;

    private RpcReferenceResolver(AutowireCandidateResolver delegate, RpcReferences references) {
        this.delegate = delegate;
        this.references = references;
    }

    /** Puts the resolver in front of the one that the bean factory has. */
    public static void install(DefaultListableBeanFactory beanFactory) {
        beanFactory.setAutowireCandidateResolver(
                new RpcReferenceResolver(beanFactory.getAutowireCandidateResolver(), new RpcReferences(beanFactory)));
    }

    @Override
    public @Nullable Object getSuggestedValue(DependencyDescriptor descriptor) {
        RpcReference reference = ReferencePoints.referenceAt(descriptor);
        return reference == null ? delegate.getSuggestedValue(descriptor) : references.resolve(descriptor, reference);
    }

    @Override
    public boolean isAutowireCandidate(BeanDefinitionHolder candidate, DependencyDescriptor descriptor) {
        return delegate.isAutowireCandidate(candidate, descriptor);
    }

    @Override
    public boolean isRequired(DependencyDescriptor descriptor) {
        return delegate.isRequired(descriptor);
    }

    @Override
    public boolean hasQualifier(DependencyDescriptor descriptor) {
        return delegate.hasQualifier(descriptor);
    }

    @Override
    public @Nullable String getSuggestedName(DependencyDescriptor descriptor) {
        return delegate.getSuggestedName(descriptor);
    }

    @Override
    public @Nullable Object getLazyResolutionProxyIfNecessary(
            DependencyDescriptor descriptor, @Nullable String beanName) {
        return delegate.getLazyResolutionProxyIfNecessary(descriptor, beanName);
    }

    @Override
    public @Nullable Class<?> getLazyResolutionProxyClass(DependencyDescriptor descriptor, @Nullable String beanName) {
        return delegate.getLazyResolutionProxyClass(descriptor, beanName);
    }

    /** The one that was there before, for another bean factory: references belong to this one. */
    @Override
    public AutowireCandidateResolver cloneIfNecessary() {
        return delegate.cloneIfNecessary();
    }
}
