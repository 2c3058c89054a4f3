using BroadcastCaptions.Options;

namespace BroadcastCaptions.Speech.Streaming;

/// <summary>
/// Turns recognitions into transcripts as the display policy shows them: a word is believed once it has survived for a
/// while, measured in audio. Pure: what comes out depends on what went in alone. One for all sources.
/// </summary>
/// <param name="options">The policy and how long a word must survive.</param>
public sealed class Stabilizer(DisplayOptions options)
{
    private readonly Dictionary<string, ShownSegment> _sources = new(StringComparer.Ordinal);

    /// <summary>The transcript that is to be shown now; null where nothing has changed.</summary>
    public Transcript? Next(Recognition recognition)
    {
        if (options.Policy == DisplayPolicy.FinalOnly && !recognition.IsFinal) return null;
        if (!_sources.TryGetValue(recognition.Source.Id, out var shown) || shown.Segment != recognition.Segment)
            _sources[recognition.Source.Id] = shown = shown?.Rest is { } rest && rest.Segment == recognition.Segment ? rest : new(recognition.Segment, options);
        return shown.Next(recognition);
    }
}
