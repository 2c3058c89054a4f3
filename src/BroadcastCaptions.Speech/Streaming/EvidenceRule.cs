using BroadcastCaptions.Metrics;
using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Segments;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Weighs words against the detector's evidence and the model's own doubt. Moonshine returns nothing on real speech now and then, and says
/// "You" or whole sentences on noise: nothing where evidence is strong is a defect, words that neither of the two believes are one too.
/// </summary>
/// <remarks>
/// The bounds lie between what bench/noise's game sound and eval/'s speech, clean and with that sound 20, 10 and 5 dB below it, brought
/// out of Moonshine tiny and base. They were found on this very sound: other sound may bring out more words.
/// </remarks>
internal sealed class EvidenceRule(Counters counters)
{
    private const float StrongMaximum = 0.9f;
    private const float StrongMean = 0.6f;
    private const double StrongSeconds = 0.15;

    /// <summary>Highest probability below which weak evidence is faint. Game sound reaches 0.96; words in it that somebody said, 0.98.</summary>
    private const float FaintMaximum = 0.97f;

    /// <summary>Seconds of speech from which on faint evidence tells something: a creaky voice is heard for 0.22 s of three words.</summary>
    private const double FaintSeconds = 0.25;

    /// <summary>Mean log-probability below which several words on faint evidence are not believed: the bound of Whisper's reference.</summary>
    private const double Doubtful = -1;

    /// <summary>Words a second above which several words on faint evidence are not believed. Whispered sentences reach 4.2, invented ones 4.3 … 20.</summary>
    private const double FaintPace = 5;

    /// <summary>Mean log-probability below which a phantom is not believed, however sure the detector is: a chest that creaks says "Okay" with −1.22.</summary>
    private const double DoubtfulPhantom = -1.2;

    /// <summary>And below which nothing is: speech reaches −1.4, "You" on a door −2.3 … −7.5.</summary>
    private const double Incredible = -2;

    /// <summary>What recognisers trained on subtitles say of noise, whole segments of it.</summary>
    private static readonly HashSet<string> Phantoms = new(StringComparer.Ordinal)
    {
        "you", "thank you", "thanks", "bye", "bye bye", "thank you for watching", "thanks for watching", "thank you so much",
        "thank you very much", "thank you for listening", "please subscribe",
    };

    /// <summary>And of short sounds. People say them too, softly as well.</summary>
    private static readonly HashSet<string> Interjections = new(StringComparer.Ordinal) { "okay", "oh", "hmm" };

    private readonly Counter _empty = counters.Get("speech.empty_on_speech");
    private readonly Counter _urged = counters.Get("speech.empty_avoided");
    private readonly Counter _onSilence = counters.Get("speech.words_on_silence");
    private readonly Counter _hallucinated = counters.Get("speech.hallucinations");
    private readonly Counter _loops = counters.Get("speech.loops");

    /// <summary>Is the detector sure of speech?</summary>
    public static bool IsStrong(SpeechEvidence evidence) =>
        evidence.MaximumProbability >= StrongMaximum && evidence.MeanProbability >= StrongMean && evidence.SpeechSeconds >= StrongSeconds;

    /// <summary>Does the model doubt its own words so much that they are not believed, however sure the detector is?</summary>
    public static bool IsIncredible(ModelText text) => MeanLogProbability(text) is var mean
        && (mean < Incredible || (mean < DoubtfulPhantom && Phrase(text) is var phrase && (Phantoms.Contains(phrase) || Interjections.Contains(phrase))));

    /// <summary>The text, or nothing where it is most likely invented. Defects of finals are counted.</summary>
    public ModelText Judge(ModelText text, SpeechEvidence evidence, bool isFinal)
    {
        var strong = IsStrong(evidence);
        var invented = text.Words.Count > 0 && (strong ? IsIncredible(text) : Phantoms.Contains(Phrase(text)) || IsUnfounded(text, evidence));
        if (isFinal)
        {
            if (invented || text.Doubted) (strong ? _hallucinated : _onSilence).Add();
            else if (strong && text.Words.Count == 0) _empty.Add();
            if (text.Urged && !invented) _urged.Add();
            if (text.Looped) _loops.Add();
        }

        return invented ? ModelText.Empty : text;
    }

    private static bool IsUnfounded(ModelText text, SpeechEvidence evidence) =>
        text.Words.Count > 1 && evidence.MaximumProbability < FaintMaximum && evidence.SpeechSeconds >= FaintSeconds
        && (text.Words.Count > FaintPace * evidence.SpeechSeconds || MeanLogProbability(text) < Doubtful);

    private static double MeanLogProbability(ModelText text) => text.Tokens.Count == 0 ? 0 : text.Tokens.Average(token => token.LogProbability);

    private static string Phrase(ModelText text)
    {
        var units = new List<WordUnit>();
        foreach (var word in text.Words) WordUnits.Add(word.Text, units);
        return string.Join(' ', units.Select(unit => unit.Key));
    }
}
