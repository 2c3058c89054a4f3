using BroadcastCaptions.Speech.Alignment;
using BroadcastCaptions.Speech.Decoding;

namespace BroadcastCaptions.Speech.Whisper;

/// <summary>
/// When each token of a window's text was heard: by the decoder's cross attention, as the reference aligns words. The keys and
/// values of the window must still be there.
/// </summary>
/// <param name="engine">The model.</param>
internal sealed class WordClock(WhisperEngine engine)
{
    private readonly WordSplitter _splitter = new(engine.Tokenizer.Decode);

    /// <summary>Start and end of every token of the segments, marks left out; seconds of the window. Null where the model cannot tell.</summary>
    /// <param name="segments">The window's segments.</param>
    /// <param name="seconds">How much of the window holds sound.</param>
    /// <param name="language">What is spoken, as the model was told.</param>
    /// <param name="translate">Is the text a translation?</param>
    /// <param name="lastSpeech">Second of the window at which the last word before it ended; negative or 0.</param>
    /// <param name="heard">The window; null: what the decoder attends to.</param>
    public List<(double Start, double End)>? Times(
        IReadOnlyList<WindowSegment> segments, double seconds, string language, bool translate, double lastSpeech, KeysAndValues? heard = null)
    {
        if (engine.Aligner is not { } aligner) return null;
        var text = segments.SelectMany(segment => segment.Tokens).Where(token => engine.Marks.IsText(token.Id)).ToList();
        if (text.Count == 0) return null;
        List<int> ids = [.. text.Select(token => token.Id)];
        var prompt = WhisperPrompt.Of(engine, language, translate, timestamps: false);
        var starts = aligner.Align((int)(seconds * LogMel.FramesASecond), prompt, ids, engine.Marks.End, heard);
        var aligned = WordAlignment.Of(
            _splitter.Split(ids, translate ? "en" : language), starts, [.. text.Select(token => Math.Exp(token.LogProbability))],
            [.. segments.Select(segment => new TimedSegment(segment.Start, segment.End, segment.Tokens.Count(token => engine.Marks.IsText(token.Id)), []))],
            offset: 0, lastSpeech);
        var times = new List<(double, double)>(ids.Count);
        foreach (var word in aligned.SelectMany(segment => segment.Words))
            for (var i = 0; i < word.Tokens; i++) times.Add((word.Start, Math.Min(seconds, word.End)));
        return times.Count == ids.Count ? times : null;
    }
}
