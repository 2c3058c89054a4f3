namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>How patient a download is. The connect timeout is the HTTP client's (<see cref="ModelHttp"/>).</summary>
internal sealed record DownloadSettings
{
    /// <summary>Longest wait for an answer, or for the next bytes of one.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often one source is asked, when its answers break off, before the next source has its turn.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Pause before a broken download is resumed; doubles each time.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.5);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
