using System.Diagnostics;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.TestKit.Measurement;

/// <summary>
/// Records what the null sink plays, with the time of each block, to find when a file's first sample was there to be heard.
/// </summary>
/// <remarks>
/// A block that arrives late says nothing of the clock, so the earliest arrival while the file played, counted back to the
/// file's first sample, is taken: no listener had any sample sooner. Latencies from this zero can be too long by a block,
/// never too short. Arrivals before the file say nothing: PulseAudio may hand out a second of silence ahead of its time, or
/// leave some out.
/// </remarks>
public sealed class MonitorRecording : IAsyncDisposable
{
    /// <summary>Samples a second, mono.</summary>
    public const int Rate = 16000;

    private const int BlockMilliseconds = 20;
    private const double LeastLikeness = 0.8;
    private const int LongestProbe = 2 * Rate;
    private const int Slack = Rate / 2;

    // A player may take its time to start on a busy machine, and the silence before it may have come ahead of its time.
    private const int Grace = 10 * Rate;
    private const int Ahead = 4 * Rate;

    private readonly Process _recorder;
    private readonly List<float> _samples = [];
    private readonly List<(int Count, double At)> _arrivals = [];
    private readonly Lock _lock = new();
    private readonly Task _reading;

    private MonitorRecording(Process recorder)
    {
        _recorder = recorder;
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Seconds on the clock of all measurements.</summary>
    public static double Now => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    /// <summary>Begins to record the sink's monitor.</summary>
    public static async Task<MonitorRecording> StartAsync(SoundServer sound)
    {
        var start = new ProcessStartInfo("parec",
            [$"--device={SoundServer.Sink}.monitor", "--raw", "--format=s16le", $"--rate={Rate}", "--channels=1", $"--latency-msec={BlockMilliseconds}"])
        { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in sound.Environment) start.Environment[name] = value;
        var recording = new MonitorRecording(Process.Start(start)!);
        await Wait.UntilAsync(() => recording.Count > 0, Wait.Generous, "the monitor's first samples");
        return recording;
    }

    /// <summary>When a file's first sample could be heard, on the clock of <see cref="Now"/>.</summary>
    /// <param name="samples">The file at <see cref="Rate"/>.</param>
    /// <param name="playedFrom">A moment shortly before it began to play.</param>
    /// <returns>That moment, and by how many seconds the file's end disagrees with its start: more than some milliseconds means that sound was lost.</returns>
    /// <exception cref="InvalidOperationException">The recording does not hold the file.</exception>
    public (double Zero, double Slip) FindZero(float[] samples, double playedFrom)
    {
        float[] recorded;
        (int Count, double At)[] arrivals;
        lock (_lock) (recorded, arrivals) = ([.. _samples], [.. _arrivals]);
        var began = arrivals.LastOrDefault(arrival => arrival.At <= playedFrom).Count;
        var found = new List<int>();
        var probe = Math.Min(LongestProbe, samples.Length / 2); // a word alone is sought in two halves
        for (var at = 0; at + probe <= samples.Length; at += probe)
        {
            // The first stretch is sought wherever the file may have begun, the others about where it did begin.
            var (from, grace) = found.Count > 0 ? (found[0] - Slack, 2 * Slack) : (began - Ahead, Ahead + Grace);
            if (Locate(samples.AsSpan(at, probe), recorded, from + at, grace) is { } place) found.Add(place - at);
        }

        if (found.Count < 2)
            throw new InvalidOperationException($"The monitor's recording does not hold the file: {found.Count} of {samples.Length / probe} stretches.");
        var zero = arrivals.Where(arrival => arrival.Count > found[0] && arrival.Count <= found[0] + samples.Length)
            .Min(arrival => arrival.At - (arrival.Count - found[0]) / (double)Rate);
        return (zero, (found[^1] - found[0]) / (double)Rate);
    }

    /// <summary>Waits for a sample louder than this; the moment at which it was noticed.</summary>
    public async Task<double> FirstAboveAsync(float level)
    {
        await Wait.UntilAsync(() => Any(sample => Math.Abs(sample) > level), Wait.Generous, "a sound");
        return Now;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _recorder.Kill();
        await _recorder.WaitForExitAsync();
        await _reading;
        _recorder.Dispose();
    }

    private int Count
    {
        get
        {
            lock (_lock) return _samples.Count;
        }
    }

    private bool Any(Predicate<float> fits)
    {
        lock (_lock) return _samples.Exists(fits);
    }

    /// <summary>The recorded sample at which a stretch of the file begins; null where the recording lacks it (sound was lost, or it is silence).</summary>
    private static int? Locate(ReadOnlySpan<float> stretch, ReadOnlySpan<float> recorded, int from, int grace)
    {
        from = Math.Clamp(from, 0, recorded.Length);
        var window = recorded.Slice(from, Math.Min(recorded.Length - from, stretch.Length + grace));
        if (window.Length < stretch.Length) return null;
        var match = SignalMatch.Find(stretch, window);
        return match.Likeness >= LeastLikeness ? from + match.Offset : null;
    }

    private void Read()
    {
        var bytes = new byte[Rate * 2];
        var filled = 0;
        var pipe = _recorder.StandardOutput.BaseStream;
        while (pipe.Read(bytes, filled, bytes.Length - filled) is > 0 and var read)
        {
            var now = Now;
            filled += read;
            lock (_lock)
            {
                for (var i = 0; i + 1 < filled; i += 2) _samples.Add(BitConverter.ToInt16(bytes, i) / 32768f);
                _arrivals.Add((_samples.Count, now));
            }

            if (filled % 2 != 0) bytes[0] = bytes[filled - 1];
            filled %= 2;
        }
    }
}
