using BroadcastCaptions.Speech.Models;
using BroadcastCaptions.Speech.Words;

namespace BroadcastCaptions.Speech.Segments;

/// <summary>How far a segment has been recognised.</summary>
internal sealed class Progress
{
    /// <summary>Samples that the last answer rests on; 0: none yet.</summary>
    public int Heard { get; private set; }

    /// <summary>The model's last answer.</summary>
    public ModelText Text { get; private set; } = ModelText.Empty;

    /// <summary>After how many samples each of its words was first there.</summary>
    public WordAges Ages { get; } = new();

    /// <summary>Takes the model's next answer in.</summary>
    public void Advance(int heard, ModelText text)
    {
        Heard = heard;
        Text = text;
        Ages.Update(text.Words.Select(word => word.Text), heard);
    }

    /// <summary>Back to nothing.</summary>
    public void Reset()
    {
        Heard = 0;
        Text = ModelText.Empty;
        Ages.Clear();
    }
}
