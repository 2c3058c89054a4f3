namespace BroadcastCaptions.Speech.Catalogue;

/// <summary>How patient a download is. The connect timeout is the HTTP client's (<see cref="ModelHttp"/>).</summary>
internal sealed record DownloadSettings
{
    /// <summary>Longest wait for an answer, or for the next bytes of one.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often one source is asked in a row without bringing anything new, before the next source has its turn.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Pause before a broken download is resumed; doubles each time, half to one and a half of it: many clients must not come back at once.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest pause that a server may ask for (Retry-After) before the next source has its turn.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Files of a model that are fetched at once: small ones do not wait for large ones, and one slow connection is not all there is.</summary>
    public int Parallel { get; init; } = 3;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long to wait after so many failures in a row.</summary>
    public TimeSpan PauseAfter(int failures, SourceException failure)
    {
        var own = Pause * Math.Pow(2, failures - 1) * (0.5 + Random.Shared.NextDouble());
        return failure.RetryAfter is { } asked && asked > own ? asked : own;
    }
}
