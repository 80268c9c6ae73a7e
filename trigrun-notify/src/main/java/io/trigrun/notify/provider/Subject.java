package io.trigrun.notify.provider;

/**
 * What a message is about, for programs. All texts are well-formed Unicode without NUL; what jobs
 * and their targets wrote into them is not to be trusted.
 */
public sealed interface Subject
    permits ExecutionSubject,
        MonitorSubject,
        HostSubject,
        DigestSubject,
        ApprovalSubject,
        NoteSubject {}
