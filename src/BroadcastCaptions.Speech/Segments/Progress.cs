using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Segments;

/// <summary>How far a segment has been recognised.</summary>
internal sealed class Progress
{
    private int _notBefore;

    /// <summary>Samples that the last answer rests on; 0: none yet.</summary>
    public int Heard { get; private set; }

    /// <summary>The model's last answer: all words so far, and the tokens of those behind <see cref="Anchor"/>.</summary>
    public ModelText Text { get; private set; } = ModelText.Empty;

    /// <summary>After how many samples each of its words was first there.</summary>
    public WordAges Ages { get; } = new();

    /// <summary>Samples in front of which nothing is recognised any more while the segment grows.</summary>
    public int Anchor { get; private set; }

    /// <summary>The words in front of <see cref="Anchor"/>.</summary>
    public IReadOnlyList<ModelWord> Anchored { get; private set; } = [];

    /// <summary>Is the last answer the model's own for the whole segment?</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Takes the model's next answer in.</summary>
    /// <param name="heard">Samples that it rests on.</param>
    /// <param name="text">The words of the segment so far.</param>
    /// <param name="isWhole">Nothing of the segment was left out, and nothing of the answer.</param>
    public void Advance(int heard, ModelText text, bool isWhole)
    {
        IsWhole = isWhole;
        Heard = heard;
        Text = text;
        Ages.Update(text.Words.Select(word => (word.Text, double.NaN, double.NaN)), heard);
    }

    /// <summary>Samples from which on the anchor is to move.</summary>
    /// <param name="longest">Samples that may lie behind it.</param>
    public int MoveAt(int longest) => Math.Max(Anchor + longest, _notBefore);

    /// <summary>Moves the anchor.</summary>
    /// <param name="anchor">Samples in front of it.</param>
    /// <param name="words">Leading words of the last answer that lie in front of it.</param>
    public void MoveTo(int anchor, int words) => (Anchor, Anchored) = (anchor, [.. Text.Words.Take(words)]);

    /// <summary>Leaves the anchor where it is until so many samples are there.</summary>
    public void Hold(int until) => _notBefore = until;

    /// <summary>Back to nothing.</summary>
    public void Reset()
    {
        Heard = Anchor = _notBefore = 0;
        Text = ModelText.Empty;
        Anchored = [];
        Ages.Clear();
    }
}
