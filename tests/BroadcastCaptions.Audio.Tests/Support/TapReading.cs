using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Tests.Support;

/// <summary>Reads taps to their end, as the pipeline's loop does.</summary>
internal static class TapReading
{
    /// <summary>Every sample of a tap; checks on the way that frames follow each other without gap or overlap.</summary>
    public static async Task<float[]> ReadAllAsync(IAudioTap tap)
    {
        var samples = new List<float>();
        double? end = null;
        while (!tap.IsCompleted)
        {
            if (!Take()) await Task.Delay(1);
        }

        return [.. samples];

        bool Take()
        {
            if (!tap.TryRead(out var frame)) return false;
            if (end is not null) Assert.Equal(end.Value, frame.Start.Seconds, tolerance: 1e-6);
            end = frame.Start.Seconds + ((double)frame.Samples.Length / frame.Format.Channels / frame.Format.SampleRate);
            samples.AddRange(frame.Samples);
            return true;
        }
    }

    public static MediaClock SystemClock() => new(TimeProvider.System);
}
