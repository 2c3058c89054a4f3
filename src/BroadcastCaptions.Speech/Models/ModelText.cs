namespace BroadcastCaptions.Speech.Models;

/// <summary>A model's answer for a segment.</summary>
/// <param name="Tokens">The text's tokens without begin and end marks.</param>
/// <param name="Words">The words that they spell.</param>
/// <param name="Language">BCP 47 language of the text.</param>
/// <param name="Looped">The model had begun to repeat itself; the repetitions were cut off.</param>
public sealed record ModelText(
    IReadOnlyList<ScoredToken> Tokens, IReadOnlyList<ModelWord> Words, string Language, bool Looped = false)
{
    /// <summary>The model had words, but does not believe that anybody spoke: they are left out.</summary>
    public bool Doubted { get; init; }

    /// <summary>The model would have said nothing, and was told that somebody spoke.</summary>
    public bool Urged { get; init; }

    /// <summary>The model heard it twice: what it said of a short window was not to be believed.</summary>
    public bool Retried { get; init; }

    /// <summary>No words.</summary>
    public static ModelText Empty { get; } = new([], [], "en");
}

/// <summary>A word of a model's answer.</summary>
/// <param name="Text">The word with its punctuation, no surrounding spaces.</param>
/// <param name="Probability">Geometric mean of its tokens' probabilities, 0 … 1.</param>
/// <param name="SpaceBefore">Is a space written before it?</param>
public readonly record struct ModelWord(string Text, double Probability, bool SpaceBefore)
{
    /// <summary>Where it is heard in the audio that was recognised; null where the model cannot tell.</summary>
    public HeardSpan? Heard { get; init; }

    /// <summary>Its tokens in the answer's; none where the model does not tell.</summary>
    public Range Tokens { get; init; }

    /// <summary>The same word, told from so many samples earlier on.</summary>
    public ModelWord Behind(int samples) => this with { Heard = Heard is { } heard ? new(heard.Start + samples, heard.End + samples) : null };
}

/// <summary>Where a word is heard.</summary>
/// <param name="Start">Its first sample.</param>
/// <param name="End">The sample after its last.</param>
public readonly record struct HeardSpan(int Start, int End);
