namespace BroadcastCaptions.Speech;

/// <summary>A token of the recogniser's vocabulary with its natural-log probability.</summary>
/// <param name="Id">The token's number.</param>
/// <param name="LogProbability">Natural logarithm, ≤ 0.</param>
public readonly record struct ScoredToken(int Id, float LogProbability);

/// <summary>How exact the word times of a hypothesis are.</summary>
public enum WordTiming
{
    /// <summary>Spread over the segment by the length of the words: tenths of a second.</summary>
    Estimated,

    /// <summary>From the first partial that held the word: within one partial's cadence.</summary>
    FirstSeen,

    /// <summary>From the model's attention: hundredths of a second.</summary>
    Aligned,
}

/// <summary>The recogniser's current text of a segment: what the model says of these samples, nothing added.</summary>
/// <param name="Tokens">The text's tokens without begin and end marks.</param>
/// <param name="Words">The words with their times.</param>
/// <param name="Timing">How exact those times are.</param>
/// <param name="Language">BCP 47 language of the text.</param>
public sealed record Hypothesis(
    IReadOnlyList<ScoredToken> Tokens, IReadOnlyList<TimedWord> Words, WordTiming Timing, string Language)
{
    /// <summary>The text as it is written.</summary>
    public string Text { get; } = TimedWord.Join(Words);

    /// <summary>No words.</summary>
    public static Hypothesis Empty { get; } = new([], [], WordTiming.Estimated, "en");
}
