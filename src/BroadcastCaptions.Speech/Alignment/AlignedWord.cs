namespace BroadcastCaptions.Speech.Alignment;

/// <summary>A word of a text and when it is heard.</summary>
/// <param name="Text">The word as the tokens spell it, its leading space included; empty where it was merged into a neighbour.</param>
/// <param name="Tokens">How many of the text's tokens spell it.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Probability">Mean of its tokens' probabilities, 0 … 1; a merged mark's do not count.</param>
internal sealed record AlignedWord(string Text, int Tokens, double Start, double End, double Probability);

/// <summary>A segment of a window, by the model's own time marks; words correct it.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Tokens">Tokens of its text, without time marks.</param>
/// <param name="Words">Its words.</param>
internal sealed record TimedSegment(double Start, double End, int Tokens, IReadOnlyList<AlignedWord> Words);
