using BroadcastCaptions.Captions;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech;

namespace BroadcastCaptions.Library;

/// <summary>What was said in a recording.</summary>
/// <param name="Transcripts">One for each stretch of speech, in order; none where nobody spoke.</param>
/// <param name="Duration">The recording's length, seconds.</param>
/// <param name="Model">The model that recognised it.</param>
/// <param name="Warning">What is wrong with the recording although it could be read (it was cut, say); null for nothing.</param>
public sealed record Transcription(IReadOnlyList<Transcript> Transcripts, double Duration, string Model, string? Warning)
{
    /// <summary>All words with their times and probabilities, in order.</summary>
    public IEnumerable<TimedWord> Words => Transcripts.SelectMany(transcript => transcript.Words);

    /// <summary>The text, a line for each transcript.</summary>
    public string Text => string.Join('\n', Transcripts.Select(transcript => transcript.Text));

    /// <summary>BCP 47 language of most of its words; null where there are none.</summary>
    public string? Language => Transcripts.GroupBy(transcript => transcript.Language, transcript => transcript.Words.Count)
        .OrderByDescending(words => words.Sum()).FirstOrDefault()?.Key;

    /// <summary>Writes a caption file; one of that name is replaced, and only by a complete one.</summary>
    /// <param name="path">The file; its ending names the format: srt, vtt, ttml, json, txt.</param>
    /// <exception cref="CaptionsException">No such format.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path)
    {
        var format = CaptionFormats.Of(path) ?? throw new CaptionsException(
            $"{Path.GetFileName(path)} names no caption format.", "End its name in .srt, .vtt, .ttml, .json or .txt.", ExitCode.Usage);
        CaptionFile.Write(path, format, Transcripts, new RecordingFacts(Duration: Duration, Language: Language, Model: Model));
    }
}
