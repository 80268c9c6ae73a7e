package io.trigrun.workflow;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs all tests of a class in memory and on JDBC: for what asks nothing of a store that {@link
 * OnEveryStore} tests and the stores' own contract do not ask.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "on {0}")
@EnumSource(
    value = TestStore.class,
    names = {"MEMORY", "H2"})
@interface OnMemoryAndH2 {}
