namespace BroadcastCaptions.Bench.Plugin;

/// <summary>Does OBS go on? Its own counts since it started.</summary>
/// <param name="Frames">Rendered.</param>
/// <param name="Skipped">Not rendered in time.</param>
/// <param name="Sound">Seconds of sound that the track tap has heard; 0 where there is none.</param>
internal readonly record struct ObsHealth(int Frames, int Skipped, double Sound)
{
    private const double BlockSeconds = 1024 / 48_000.0;

    /// <summary>Asks OBS, and the track tap.</summary>
    public static async Task<ObsHealth> LookAsync(PluginRig rig)
    {
        var stats = await rig.Obs.AskAsync("GetStats");
        var status = await rig.StatusAsync("Track 1");
        var blocks = status.Split("blocks=") is [_, var rest] ? int.Parse(rest.Split(' ')[0]) : 0;
        return new ObsHealth(stats.GetProperty("renderTotalFrames").GetInt32(), stats.GetProperty("renderSkippedFrames").GetInt32(), blocks * BlockSeconds);
    }

    /// <summary>What came between two looks.</summary>
    public static ObsHealth operator -(ObsHealth now, ObsHealth then) => new(now.Frames - then.Frames, now.Skipped - then.Skipped, now.Sound - then.Sound);

    /// <inheritdoc/>
    public override string ToString() => $"OBS rendered {Frames} frames, {Skipped} late" + (Sound > 0 ? $", {Sound:0.0} s of sound on track 1" : "");
}
