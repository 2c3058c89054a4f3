namespace BroadcastCaptions.Failures;

/// <summary>Exit codes of the command.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Failed at run time.</summary>
    Failed = 1,

    /// <summary>Bad usage or configuration.</summary>
    Usage = 2,

    /// <summary>Stopped by Ctrl-C, cleanly.</summary>
    Interrupted = 130,
}

/// <summary>A failure that the user can mend: one clear sentence and the remedy. Anything else that is thrown is our bug.</summary>
public sealed class CaptionsException : Exception
{
    /// <summary>A failure with its remedy.</summary>
    /// <param name="message">One sentence: what is wrong, with the name of the thing, ending in a full stop.</param>
    /// <param name="remedy">One sentence: what to do about it.</param>
    /// <param name="code">The command's exit code.</param>
    /// <param name="inner">What caused it, for the log.</param>
    public CaptionsException(string message, string remedy, ExitCode code = ExitCode.Failed, Exception? inner = null)
        : base(message, inner)
    {
        Remedy = remedy;
        Code = code;
    }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>The command's exit code.</summary>
    public ExitCode Code { get; }
}
