using System.Text;
using System.Text.Json;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Transcription;

/// <summary>
/// What has been recognised of a recording, one final a line, written as it comes: a run that is interrupted, or killed, goes on
/// from there. Finals stand in it as they were recognised; words that must not appear are kept back when caption files are made.
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    private Journal(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Media time up to which the recording has been recognised.</summary>
    public MediaTime End { get; private set; }

    /// <summary>Was there a journal that could not be gone on with?</summary>
    public bool WasOther { get; private set; }

    /// <summary>Opens a recording's journal: goes on with the one that is there where its key is the same, else begins.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static Journal Open(string path, JournalKey key)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            var journal = new Journal(path, file);
            journal.GoOn(JsonSerializer.Serialize(key));
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a final.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Add(Transcript final)
    {
        Write(JsonSerializer.Serialize(Line.Of(final)));
        End = final.End;
    }

    /// <summary>The finals in order, read from the disk one by one.</summary>
    public IEnumerable<Transcript> Finals() => File.ReadLines(_path).Skip(1).Select(line => JsonSerializer.Deserialize<Line>(line)!.ToTranscript());

    /// <summary>The caption files are made: it is of no more use.</summary>
    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void GoOn(string key)
    {
        var (good, first) = (0L, true);
        using (var reader = new StreamReader(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true))
        {
            while (reader.ReadLine() is { } line && (first ? line == key : Read(line)))
            {
                good += Encoding.UTF8.GetByteCount(line) + 1;
                first = false;
            }
        }

        WasOther = first && _file.Length > 0;
        _file.SetLength(Math.Min(good, _file.Length)); // what a kill left half written goes
        _file.Position = _file.Length;
        if (first) Write(key);
    }

    private bool Read(string line)
    {
        try
        {
            End = JsonSerializer.Deserialize<Line>(line)!.ToTranscript().End;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Write(string line)
    {
        _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _file.Flush();
    }

    private sealed record Line(long Segment, double Start, double End, string Language, IReadOnlyList<Word> Words)
    {
        public static Line Of(Transcript final) => new(
            final.Segment, final.Start.Seconds, final.End.Seconds, final.Language,
            [.. final.Words.Select(word => new Word(word.Text, word.Start.Seconds, word.End.Seconds, word.Probability, word.SpaceBefore))]);

        public Transcript ToTranscript() => new(
            "file", Segment, 1, IsFinal: true, new(Start), new(End), Language,
            [.. Words.Select(word => new TimedWord(word.Text, new(word.Start), new(word.End), word.Probability, word.Space))], Words.Count);
    }

    private sealed record Word(string Text, double Start, double End, double Probability, bool Space);
}
