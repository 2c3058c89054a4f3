using BroadcastCaptions.Audio;
using BroadcastCaptions.Speech.Detection;
using BroadcastCaptions.Speech.Streaming;

namespace BroadcastCaptions.Speech.Tests.Streaming;

/// <summary>Feeds lanes with audio in which each sample says whether somebody speaks: 0.5 for speech, 0 for silence.</summary>
internal static class Audio16k
{
    public const int Rate = VoiceWindow.SampleRate;

    /// <summary>Spans in seconds, silence and speech in turn, silence first.</summary>
    public static float[] Alternating(params ReadOnlySpan<double> seconds)
    {
        var samples = new List<float>();
        for (var i = 0; i < seconds.Length; i++)
            samples.AddRange(Enumerable.Repeat(i % 2 == 0 ? 0f : 0.5f, (int)(seconds[i] * Rate)));
        return [.. samples];
    }

    public static AudioFrame Frame(double start, ReadOnlySpan<float> samples) => new(new(start), AudioFormat.Speech, samples);

    /// <summary>Feeds samples in blocks from media time <paramref name="start"/> on, calling back after each.</summary>
    public static void Feed(SpeechLane lane, ReadOnlySpan<float> samples, double start = 0, int block = 320, Action? after = null)
    {
        for (var at = 0; at < samples.Length; at += block)
        {
            lane.Accept(Frame(start + ((double)at / Rate), samples.Slice(at, Math.Min(block, samples.Length - at))));
            after?.Invoke();
        }
    }
}

/// <summary>A detector that believes every window's loudest sample: 0.5 is speech for certain.</summary>
internal sealed class LoudnessDetector : IVoiceDetector
{
    public int Resets { get; private set; }

    public float Next(ReadOnlySpan<float> window)
    {
        var loudest = 0f;
        foreach (var sample in window) loudest = Math.Max(loudest, Math.Abs(sample));
        return Math.Min(1, loudest * 2);
    }

    public void Reset() => Resets++;

    public void Dispose()
    {
    }
}
