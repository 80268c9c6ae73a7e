package io.trigrun.jdbc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs a class of tests only if a MySQL server is named: there are no binaries to start one from.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "trigrun.test.mysql.url",
    matches = ".+",
    disabledReason =
        "no MySQL to test on: name one with -Dtrigrun.test.mysql.url=jdbc:mysql://host:3306/")
@interface RequiresMySql {}
