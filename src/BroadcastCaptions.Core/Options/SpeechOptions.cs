using System.ComponentModel.DataAnnotations;

namespace BroadcastCaptions.Options;

/// <summary>Voice activity detection and segmentation. Seconds, probabilities 0 … 1.</summary>
public sealed class SpeechOptions
{
    /// <summary>Speech probability that opens a segment. Silero's default is 0.5; 0.4 hears softer beginnings: base 9.7 → 9.2 % WER on eval/.</summary>
    [Range(0.01, 0.99)]
    public double OnsetThreshold { get; set; } = 0.4;

    /// <summary>
    /// Probability below which a window counts as silence. Silero's default, onset − 0.15, cuts off soft endings: 0.1 instead
    /// of 0.35 brought base from 11.8 to 9.7 % WER on eval/.
    /// </summary>
    [Range(0.01, 0.99)]
    public double ExitThreshold { get; set; } = 0.1;

    /// <summary>
    /// Audio kept from before the onset. Much silence in front makes Moonshine return nothing, but soft beginnings need some:
    /// on eval/ 0.15 → 0.3 s brought base from 12.5 to 11.8 % WER, and no empties, as the end mark is not believed where speech is sure.
    /// </summary>
    [Range(0, 0.5)]
    public double PreRoll { get; set; } = 0.3;

    /// <summary>
    /// Silence tolerated before a segment closes. Context helps more than speed costs, for partials have shown the words
    /// already: 0.32 → 0.45 s brought base from 10.9 to 9.7 % WER on eval/; 0.6 s nothing more.
    /// </summary>
    [Range(0.03, 3)]
    public double Hangover { get; set; } = 0.45;

    /// <summary>
    /// Silence tolerated in a segment as long as <see cref="MaximumSegment"/>; from a third of that length on, less and less is:
    /// a long segment costs time and ends better in a short pause than in a forced cut. Measured by bench/tune, 0.25, 0.3,
    /// 0.45 s: base 10.0, 9.3, 9.1 % WER; tiny 13.8 % with 0.25 and 0.3.
    /// </summary>
    [Range(0.03, 3)]
    public double ImpatientHangover { get; set; } = 0.3;

    /// <summary>Speech shorter than this is no segment: clicks, key strokes.</summary>
    [Range(0, 2)]
    public double MinimumSpeech { get; set; } = 0.1;

    /// <summary>
    /// Longest segment; a longer one is cut at its quietest dip. Measured on eval/: 8 s 10.6, 10 s 10.1, 12 s 9.7, 20 s 9.3 % WER
    /// with base; but a partial costs the more, the longer its segment.
    /// </summary>
    [Range(2, 30)]
    public double MaximumSegment { get; set; } = 12;

    /// <summary>
    /// Time between partials while a segment grows; less often when the machine does not keep up. Measured by bench/tune: 0.08 instead
    /// of 0.12 s lets the display tell words that last from words that do not (normalised erasure 0.43 → 0.28) for a seventh more computing.
    /// </summary>
    [Range(0.03, 5)]
    public double PartialEvery { get; set; } = 0.08;

    /// <summary>
    /// Seconds of a growing segment from which on partials hear only its last part: small models lose the thread in long
    /// stretches, and their cost grows with what they hear. Measured by bench/tune, tiny, 470 to 710 words: with 5 s instead of 6 s late words
    /// 5 → 0 where an answer takes 6 ms and 6 ms a second heard, 5 → 1 with 20 ms, 8 → 0 with 30 ms; normalised erasure
    /// 0.11 → 0.14, 0.11 → 0.10, 0.17 → 0.09. With 4 s and 30 ms 7 were late.
    /// </summary>
    [Range(4, 60)]
    public double PartialWindow { get; set; } = 5;
}
