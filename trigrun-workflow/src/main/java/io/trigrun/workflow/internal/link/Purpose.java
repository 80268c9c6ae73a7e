package io.trigrun.workflow.internal.link;

/** What a link is for. It is part of what is signed, and not of the link: the path says it. */
public enum Purpose {
  RESUME("resume"),
  REVIEW("review"),
  APPROVE("approve"),
  REJECT("reject");

  private final String signedName;

  Purpose(String signedName) {
    this.signedName = signedName;
  }

  String signedName() {
    return signedName;
  }
}
