package io.trigrun;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What hosts see of a class, its supertypes and its public and protected members, names only types
 * of TrigRun that are exported and types of the JDK.
 */
final class ApiSignatures extends ArchCondition<JavaClass> {

  private static final Pattern ALLOWED =
      Pattern.compile(
          "void|boolean|byte|char|short|int|long|float|double|java\\..*|javax\\.net\\.ssl\\..*|io\\.trigrun\\..*");
  private static final Pattern REFUSED =
      Pattern.compile("java\\.sql\\..*|io\\.trigrun\\.internal\\..*");

  ApiSignatures() {
    super("name only exported types and the JDK's in public signatures");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    if (!isVisible(type)) {
      return;
    }
    Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
        .forEach(named -> check(type, type.getName(), named, events));
    for (JavaMember member : type.getMembers()) {
      if (isOpen(member)) {
        member
            .getAllInvolvedRawTypes()
            .forEach(named -> check(type, member.getFullName(), named, events));
      }
    }
  }

  private static void check(JavaClass type, String place, JavaClass named, ConditionEvents events) {
    String name = named.getBaseComponentType().getName();
    if (!(ALLOWED.matcher(name).matches() || isBridged(type, name))
        || REFUSED.matcher(name).matches()) {
      events.add(SimpleConditionEvent.violated(type, place + " names " + name));
    }
  }

  /** A bridge names what it leads to: a host that does not have that does not use the bridge. */
  private static boolean isBridged(JavaClass type, String name) {
    return switch (type.getPackageName()) {
      case "io.trigrun.micrometer" -> name.startsWith("io.micrometer.");
      case "io.trigrun.inbound" ->
          name.startsWith("com.sun.net.httpserver.") || name.startsWith("jakarta.servlet.");
      case "io.trigrun.opentelemetry" -> name.startsWith("io.opentelemetry.");
      default -> false;
    };
  }

  private static boolean isVisible(JavaClass type) {
    return isOpen(type) && type.getEnclosingClass().map(ApiSignatures::isVisible).orElse(true);
  }

  private static boolean isOpen(HasModifiers part) {
    return part.getModifiers().contains(PUBLIC) || part.getModifiers().contains(PROTECTED);
  }
}
