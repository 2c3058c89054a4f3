using BroadcastCaptions.Audio.Tests.Support;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Audio.Tests.Pulse;

/// <summary>Reads a tap all the time, as the pipeline does, and keeps what it heard.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly SpeechFrames _frames;
    private readonly List<float> _heard = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;
    private double _end;

    public Ear(IAudioTap tap)
    {
        _frames = new SpeechFrames(tap);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>Media time up to which was heard.</summary>
    public double End => Volatile.Read(ref _end);

    /// <summary>
    /// Plays a signal until it was heard as it is: a busy machine's sound server may stutter, which is not what is tested. A sink at
    /// 48 kHz shifts it by up to a third of a 16 kHz sample: hence not 1.
    /// </summary>
    public Task HearAsync(Func<Task> play, float[] signal) => Wait.UntilAsync(
        async () =>
        {
            lock (_heard) _heard.Clear();
            await play();
            await Task.Delay(300);
            return Fit(signal.AsSpan(800, signal.Length - 1600)) > 0.95;
        },
        Wait.Generous, "the signal");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _stop.Dispose();
    }

    private double Fit(ReadOnlySpan<float> signal)
    {
        float[] heard;
        lock (_heard) heard = [.. _heard];
        return heard.Length < signal.Length ? 0 : Signals.Find(heard, signal).Fit;
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            while (_frames.TryRead(out var frame))
            {
                lock (_heard) _heard.AddRange(frame.Samples);
                Volatile.Write(ref _end, frame.Start.Seconds + (frame.Samples.Length / 16_000.0));
            }

            await Task.Delay(2, CancellationToken.None);
        }
    }
}
