using System.ComponentModel.DataAnnotations;

namespace BroadcastCaptions.Options;

/// <summary>Which of a partial's words are shown.</summary>
public enum DisplayPolicy
{
    /// <summary>Words that survived long enough to be believed.</summary>
    Steady,

    /// <summary>Every word at once.</summary>
    Fast,

    /// <summary>Only finals.</summary>
    FinalOnly,
}

/// <summary>How captions look on live screens.</summary>
public sealed class DisplayOptions
{
    /// <summary>Lines of the block, 1 … 10 (two, as BBC and Netflix).</summary>
    [Range(1, 10)]
    public int Lines { get; set; } = 2;

    /// <summary>Columns of a line, 10 … 200 (42, Netflix's limit for Latin script).</summary>
    [Range(10, 200)]
    public int Columns { get; set; } = 42;

    /// <summary>Seconds of silence after which the block leaves the screen, 0.5 … 60.</summary>
    [Range(0.5, 60)]
    public double ClearAfter { get; set; } = 5;

    /// <summary>Which of a partial's words are shown.</summary>
    public DisplayPolicy Policy { get; set; } = DisplayPolicy.Steady;

    /// <summary>
    /// Seconds of audio over which a word must stand before the steady policy believes it: two agreeing partials more. Measured by
    /// bench/tune: 0.16 → 0.24 s brings normalised erasure from 0.28 to 0.23 and costs 0.1 s of every word.
    /// </summary>
    [Range(0, 5)]
    public double SteadyAfter { get; set; } = 0.16;

    /// <summary>
    /// Seconds after a word's end at which the steady policy shows it even while hypotheses still differ: without this bound
    /// words waited up to 3.5 s (measured in a real OBS); with 0.45 … 0.8 s they come in time, and more of them change.
    /// </summary>
    [Range(0.1, 10)]
    public double ShowWithin { get; set; } = 0.5;

    /// <summary>
    /// Seconds for which hypotheses may have had words behind the shown ones, whichever, before the steady policy shows what they have now.
    /// Of unclear speech each hypothesis has other words, and none of them lasts: on a busy machine such words waited up to 5.7 s. Measured by
    /// bench/tune, tiny, of some 1200 words: 0.5 s: 0 … 3 later than 1.5 s, without it 4 … 6; erasure 0.02 … 0.06 higher. Some 1900 words: 0.6 → 0.8 s:
    /// erasure 0.14 → 0.12, nothing later; 1 s: 0.11, but a busy machine adds its own time to it.
    /// </summary>
    [Range(0.1, 10)]
    public double ShowStalled { get; set; } = 0.8;

    /// <summary>
    /// Seconds for which the steady policy keeps a shown word that hypotheses no longer hold, before it takes theirs:
    /// recognisers swing between two readings of an unclear phrase, and viewers should see one of them. Measured by bench/tune:
    /// normalised erasure 1.45 → 0.4 with 0.3 s. With <see cref="ShowStalled"/> at 0.8 s, tiny, some 1900 words, 0.3 → 0.4 s: erasure 0.12 → 0.10, words later
    /// than 1.5 s 8 → 3, right words 0.02 s later (p95), wrong on screen 17.1 → 17.5 %.
    /// </summary>
    [Range(0, 10)]
    public double ReplaceAfter { get; set; } = 0.4;

    /// <summary>
    /// Seconds added to <see cref="ReplaceAfter"/> for each second since the word was spoken: what was read already changes only for good
    /// reason. Measured by bench/tune, tiny, the set in ten phases, together with <see cref="SettleAfter"/>: 0.2 and 1.8 s: normalised erasure
    /// 0.19; 0.3 and 1.5 s: 0.14, right words 0.02 s later (p95), as many words wrong on screen; base, six phases: 0.24 → 0.18, one point more wrong.
    /// With 0.6 three times as many words come late.
    /// </summary>
    [Range(0, 10)]
    public double ReplaceSlower { get; set; } = 0.3;

    /// <summary>
    /// Seconds after its end within which a word may still be put between shown words, or where fewer are shown: later it would push
    /// on what has been read. Files have it. Measured by bench/tune, tiny, the set in eight phases: normalised erasure 0.24 → 0.19,
    /// half a point more word errors on screen; with 0.9 s 0.18 and a whole point.
    /// </summary>
    [Range(0, 30)]
    public double InsertWithin { get; set; } = 1.2;

    /// <summary>
    /// Seconds after a word's end from which on it never changes on screen: what has been read stays, and a better reading
    /// would come too late for viewers. Files keep the better reading. Measured by bench/tune (eight phases, and 2283 words as they stood at each final), tiny, 1.5, 1.75, 2 s:
    /// erasure 0.12, 0.14, 0.15; wrong on screen 18.9, 18.4, 18.1 %, at finals 16.5 % with 1.5 and 15.7 % with 2 s; as many words late; base (1522 words) 15.2 and 13.2 %. With 2.5 s and more words come late.
    /// </summary>
    [Range(0, 30)]
    public double SettleAfter { get; set; } = 2;
}
