namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>A program that we started. Disposing closes its input, at which it ends in good order; ask for its exit code until there is one.</summary>
internal interface IChild : IDisposable
{
    /// <summary>Its exit code once it has ended; null while it runs. Never waits.</summary>
    int? ExitCode();

    /// <summary>What it said last on its standard error, a line each: of one that has ended with an error, why, and the remedy.</summary>
    IReadOnlyList<string> LastWords { get; }
}
