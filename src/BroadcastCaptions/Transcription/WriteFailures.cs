using BroadcastCaptions.Failures;

namespace BroadcastCaptions.Transcription;

/// <summary>Why a caption file could not be written.</summary>
internal static class WriteFailures
{
    private const int PosixNoSpace = 28; // ENOSPC, on Linux and macOS
    private const int PosixQuotaLinux = 122; // EDQUOT
    private const int PosixQuotaMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>The failure, for the user.</summary>
    /// <param name="stem">Path of the caption files without their endings.</param>
    /// <param name="cause">What the system said.</param>
    public static CaptionsException Of(string stem, Exception cause) => cause.HResult is PosixNoSpace or PosixQuotaLinux or PosixQuotaMac or WindowsDiskFull or WindowsHandleDiskFull
        ? new($"The disk is full: the captions {stem} could not be written.", "Make room and run the same command again: it goes on where it was.", inner: cause)
        : new($"The captions {stem} cannot be written: {cause.Message.TrimEnd('.')}.", "Name a folder that you may write to with --out.", inner: cause);
}
