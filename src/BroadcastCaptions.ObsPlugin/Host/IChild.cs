namespace BroadcastCaptions.ObsPlugin.Host;

/// <summary>A program that we started. Its input stays open until it is to end.</summary>
internal interface IChild : IDisposable
{
    /// <summary>Its exit code once it has ended; null while it runs. Never waits.</summary>
    int? ExitCode();
}
