package io.trigrun.notify.channel;

import io.trigrun.notify.provider.ProviderSpec;
import io.trigrun.notify.provider.ProviderSpec.Field;
import io.trigrun.notify.provider.Settings;
import io.trigrun.route.Shape;
import io.trigrun.validation.Problems;
import java.util.List;

/** The settings of an e-mail channel, checked; the same however mail leaves. */
record EmailConfig(String email, boolean includeOutput) {

  static final ProviderSpec SPEC =
      new ProviderSpec(
          EmailChannel.TYPE,
          List.of(
              Field.required(EmailChannel.EMAIL)
                  .asDestination()
                  .of(Shape.text("one address").format("email")),
              Field.optional(EmailChannel.INCLUDE_OUTPUT)
                  .of(
                      Shape.flag(
                          "whether messages show the start of what the job or its target said; false by default"))));

  static EmailConfig of(Settings settings) {
    SettingsReader read = new SettingsReader();
    String email = read.read(() -> address(settings), "");
    boolean includeOutput = read.read(() -> settings.flag(EmailChannel.INCLUDE_OUTPUT), false);
    read.finish();
    return new EmailConfig(email, includeOutput);
  }

  private static String address(Settings settings) {
    String email = settings.text(EmailChannel.EMAIL).orElse("");
    Problems.require(
        EmailAddress.isAddress(email),
        Settings.field(EmailChannel.EMAIL),
        EmailAddress.EXPECTED,
        VisibleText.line(email));
    return email;
  }
}
