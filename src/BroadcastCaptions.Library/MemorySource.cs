using BroadcastCaptions.Audio;
using BroadcastCaptions.Audio.Resampling;

namespace BroadcastCaptions.Library;

/// <summary>Samples in memory.</summary>
internal sealed class MemorySource(ReadOnlyMemory<float> samples, AudioFormat format) : IRecordingSource
{
    private readonly Resampler _resampler = new(format);
    private int _taken;
    private bool _completed;

    public double? Duration => (double)samples.Length / format.Channels / format.SampleRate;

    public string? Warning => null;

    public int Read(Span<float> mono, CancellationToken cancellation)
    {
        while (true)
        {
            var read = _resampler.Read(mono);
            if (read > 0 || _completed) return read;
            var rest = samples.Span[_taken..];
            _completed = rest.Length < format.Channels;
            if (_completed) _resampler.Complete();
            else _taken += _resampler.Write(rest) * format.Channels;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
