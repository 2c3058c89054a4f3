using BroadcastCaptions.Time;

namespace BroadcastCaptions.Speech;

/// <summary>A word as recognised, with punctuation attached, and where it was heard.</summary>
/// <param name="Text">The word, no surrounding spaces. In scripts without spaces: one Unicode word.</param>
/// <param name="Start">Media time at which it begins.</param>
/// <param name="End">Media time at which it ends.</param>
/// <param name="Probability">The recogniser's probability, 0 … 1: the geometric mean over the word's tokens.</param>
/// <param name="SpaceBefore">Is a space written before it? False at a line's start and in scripts without spaces.</param>
public sealed record TimedWord(string Text, MediaTime Start, MediaTime End, double Probability, bool SpaceBefore = true)
{
    /// <summary>Joins words as they are written.</summary>
    public static string Join(IEnumerable<TimedWord> words)
    {
        var text = new System.Text.StringBuilder();
        foreach (var word in words)
        {
            if (word.SpaceBefore && text.Length > 0) text.Append(' ');
            text.Append(word.Text);
        }

        return text.ToString();
    }
}
