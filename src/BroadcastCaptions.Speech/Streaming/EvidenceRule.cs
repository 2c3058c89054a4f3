using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Weighs words against the detector's evidence. Moonshine returns nothing on real speech now and then, and says "You"
/// or "Thank you" on noise: nothing where evidence is strong is a defect, words where it is weak are one too.
/// </summary>
internal sealed class EvidenceRule(Counters counters)
{
    private const float StrongMaximum = 0.9f;
    private const float StrongMean = 0.6f;
    private const double StrongSeconds = 0.15;

    /// <summary>What recognisers trained on subtitles say of noise, whole segments of it.</summary>
    private static readonly HashSet<string> Phantoms = new(StringComparer.Ordinal)
    {
        "you", "thank you", "thanks", "bye", "bye bye", "thank you for watching", "thanks for watching", "thank you so much",
        "thank you very much", "thank you for listening", "please subscribe",
    };

    private readonly Counter _empty = counters.Get("speech.empty_on_speech");
    private readonly Counter _phantoms = counters.Get("speech.words_on_silence");
    private readonly Counter _loops = counters.Get("speech.loops");

    /// <summary>Is the detector sure of speech?</summary>
    public static bool IsStrong(SpeechEvidence evidence) =>
        evidence.MaximumProbability >= StrongMaximum && evidence.MeanProbability >= StrongMean && evidence.SpeechSeconds >= StrongSeconds;

    /// <summary>The text, or nothing where it is most likely invented. Defects of finals are counted.</summary>
    public ModelText Judge(ModelText text, SpeechEvidence evidence, bool isFinal)
    {
        var strong = IsStrong(evidence);
        var phantom = !strong && text.Words.Count > 0 && IsPhantom(text);
        if (isFinal)
        {
            if (strong && text.Words.Count == 0) _empty.Add();
            if (phantom) _phantoms.Add();
            if (text.Looped) _loops.Add();
        }

        return phantom ? ModelText.Empty : text;
    }

    private static bool IsPhantom(ModelText text)
    {
        var units = new List<string>();
        foreach (var word in text.Words) WordUnits.Add(word.Text, units);
        return Phantoms.Contains(string.Join(' ', units));
    }
}
