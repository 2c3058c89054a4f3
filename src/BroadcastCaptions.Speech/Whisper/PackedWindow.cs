using BroadcastCaptions.Speech.Detection;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>A window of stretches of speech, and where in the recording each was.</summary>
/// <param name="samples">16 kHz mono.</param>
/// <param name="probabilities">Of speech, for every <see cref="VoiceWindow.Samples"/>.</param>
/// <param name="pieces">First sample of each stretch, here and in the recording.</param>
internal sealed class PackedWindow(float[] samples, float[] probabilities, IReadOnlyList<(int Start, long Media)> pieces)
{
    private const double LeastProbability = 0.5; // of a step that counts as speech

    /// <summary>The sound.</summary>
    public ReadOnlySpan<float> Samples => samples;

    /// <summary>Its length.</summary>
    public double Seconds => (double)samples.Length / VoiceWindow.SampleRate;

    /// <summary>Seconds of speech in the steps of a detector.</summary>
    public static double Speech(ReadOnlySpan<float> probabilities)
    {
        var steps = 0;
        foreach (var probability in probabilities) steps += probability >= LeastProbability ? 1 : 0;
        return (double)steps * VoiceWindow.Samples / VoiceWindow.SampleRate;
    }

    /// <summary>Seconds of speech from a second on.</summary>
    public double SpeechFrom(double seconds) =>
        Speech(probabilities.AsSpan(Math.Min(probabilities.Length, (int)(seconds * VoiceWindow.SampleRate / VoiceWindow.Samples))));

    /// <summary>Seconds of the recording at a second of the window.</summary>
    /// <param name="seconds">Of the window.</param>
    /// <param name="isEnd">Where two stretches meet: the end of the first one, not the start of the second?</param>
    public double Media(double seconds, bool isEnd)
    {
        var sample = seconds * VoiceWindow.SampleRate;
        var piece = pieces[0];
        foreach (var next in pieces)
            if (next.Start < sample || (next.Start == (long)sample && !isEnd)) piece = next;
        return (piece.Media + sample - piece.Start) / VoiceWindow.SampleRate;
    }
}
