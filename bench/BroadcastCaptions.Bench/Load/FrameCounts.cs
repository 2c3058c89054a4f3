using BroadcastCaptions.TestKit.Obs;

namespace BroadcastCaptions.Bench.Load;

/// <summary>What OBS says of its frames (GetStats, GetRecordStatus): since it began, or between two moments.</summary>
/// <param name="Rendered">Frames that were due to be rendered.</param>
/// <param name="Lagged">Of them left out, as rendering was late.</param>
/// <param name="Output">Frames that were due to be encoded.</param>
/// <param name="Skipped">Of them left out, as encoding was late.</param>
/// <param name="Bytes">Bytes of the recording.</param>
internal readonly record struct FrameCounts(long Rendered, long Lagged, long Output, long Skipped, long Bytes)
{
    /// <summary>As of now.</summary>
    /// <exception cref="InvalidOperationException">It does not record.</exception>
    public static async Task<FrameCounts> AskAsync(ObsObserver obs)
    {
        var record = await obs.AskAsync("GetRecordStatus");
        if (!record.GetProperty("outputActive").GetBoolean()) throw new InvalidOperationException("OBS does not record (any more).");
        var stats = await obs.AskAsync("GetStats");
        long Of(string name) => stats.GetProperty(name).GetInt64();
        return new(Of("renderTotalFrames"), Of("renderSkippedFrames"), Of("outputTotalFrames"), Of("outputSkippedFrames"), record.GetProperty("outputBytes").GetInt64());
    }

    /// <summary>Lagged frames of a thousand.</summary>
    public double LaggedShare => 1000.0 * Lagged / Math.Max(1, Rendered);

    /// <summary>Skipped frames of a thousand.</summary>
    public double SkippedShare => 1000.0 * Skipped / Math.Max(1, Output);

    /// <summary>What came between.</summary>
    public static FrameCounts operator -(FrameCounts to, FrameCounts from) =>
        new(to.Rendered - from.Rendered, to.Lagged - from.Lagged, to.Output - from.Output, to.Skipped - from.Skipped, to.Bytes - from.Bytes);
}
