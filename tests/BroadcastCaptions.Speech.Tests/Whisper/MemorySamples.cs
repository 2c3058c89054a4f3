using BroadcastCaptions.Speech.Recordings;

namespace BroadcastCaptions.Speech.Tests.Whisper;

/// <summary>A recording in memory.</summary>
/// <param name="samples">16 kHz mono.</param>
/// <param name="portion">Most samples that it gives at once, as a slow source does.</param>
internal sealed class MemorySamples(float[] samples, int portion = int.MaxValue) : ISpeechSamples
{
    private int _at;

    public int Read(Span<float> buffer)
    {
        var count = Math.Min(Math.Min(buffer.Length, portion), samples.Length - _at);
        samples.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
