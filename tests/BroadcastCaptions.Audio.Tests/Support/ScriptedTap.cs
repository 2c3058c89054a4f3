using BroadcastCaptions.Time;

namespace BroadcastCaptions.Audio.Tests.Support;

/// <summary>A tap that delivers what a test wrote into it.</summary>
internal sealed class ScriptedTap : IAudioTap
{
    private readonly Queue<(MediaTime Start, AudioFormat Format, float[] Samples, bool IsFill)> _frames = [];

    public AudioSource Source { get; } = new("test");

    public TapStatus Status => new(TapState.Running);

    public bool Ended { get; set; }

    public bool IsCompleted => Ended && _frames.Count == 0;

    public void Add(double start, AudioFormat format, float[] samples, bool isFill = false) => _frames.Enqueue((new MediaTime(start), format, samples, isFill));

    public Task StartAsync(MediaClock clock, CancellationToken cancellation) => Task.CompletedTask;

    public bool TryRead(out AudioFrame frame)
    {
        frame = default;
        if (!_frames.TryDequeue(out var next)) return false;
        frame = new AudioFrame(next.Start, next.Format, next.Samples, next.IsFill);
        return true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
