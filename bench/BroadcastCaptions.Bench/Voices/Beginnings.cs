using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Bench.Voices;

/// <summary>Beginnings of speech that a detector hears in a stream of many voices, and those that it misses.</summary>
/// <param name="vad">Makes the detectors.</param>
/// <param name="pause">Seconds between two voices.</param>
/// <param name="noise">White noise under all of it, dBFS; null: none.</param>
internal sealed class Beginnings(SileroVad vad, double pause, double? noise)
{
    private const int Before = 16; // windows (0.5 s) without speech in front of a beginning, and behind it as many of which half are speech
    private const int Patience = 60; // windows (1.9 s) in which it has to be heard
    private const float Sure = 0.5f;

    private static readonly float Onset = (float)new SpeechOptions().OnsetThreshold;

    private int _all;
    private int _missed;
    private int _delay; // windows, of those that were heard

    /// <summary>Hears the sounds in one order; what is no voice is heard, but has no beginnings.</summary>
    public void Hear(IEnumerable<(float[] Samples, bool IsVoice)> sounds, Random random)
    {
        using var detector = vad.CreateDetector();
        foreach (var (sound, isVoice) in sounds.OrderBy(_ => random.Next()).ToList())
        {
            var silence = (int)(pause * VoiceWindow.SampleRate) / VoiceWindow.Samples * VoiceWindow.Samples;
            float[] samples = [.. new float[silence], .. sound];
            AddNoise(samples, random);
            var alone = Math.Max(0, silence - VoiceWindow.SampleRate) / VoiceWindow.Samples * VoiceWindow.Samples;
            var heard = Judge(detector, samples);
            if (!isVoice) continue;
            using var judge = vad.CreateDetector();
            float[] sure = [.. new float[alone / VoiceWindow.Samples], .. Judge(judge, samples.AsSpan(alone))];
            Count(sure, heard);
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{_all} beginnings, {_missed} not heard, the others {(double)_delay / Math.Max(1, _all - _missed) * VoiceWindow.Samples / VoiceWindow.SampleRate:0.000} s later on average";

    private static float[] Judge(IVoiceDetector detector, ReadOnlySpan<float> samples)
    {
        var probabilities = new float[samples.Length / VoiceWindow.Samples];
        for (var i = 0; i < probabilities.Length; i++) probabilities[i] = detector.Next(samples.Slice(i * VoiceWindow.Samples, VoiceWindow.Samples));
        return probabilities;
    }

    private void AddNoise(float[] samples, Random random)
    {
        if (noise is not { } level) return;
        var reach = Math.Pow(10, level / 20) * Math.Sqrt(3); // of evenly spread samples: 1/√3 of it is their RMS
        for (var i = 0; i < samples.Length; i++) samples[i] += (float)(reach * ((random.NextDouble() * 2) - 1));
    }

    private void Count(float[] sure, float[] heard)
    {
        var quiet = 0;
        for (var i = 0; i < sure.Length; quiet = sure[i++] >= Sure ? 0 : quiet + 1)
        {
            if (sure[i] < Sure || quiet < Before || sure.Skip(i).Take(Before).Count(p => p >= Sure) < Before / 2) continue;
            var at = Array.FindIndex(heard, i, p => p >= Onset) - i;
            _all++;
            if (at is < 0 or >= Patience) _missed++;
            else _delay += at;
        }
    }
}
