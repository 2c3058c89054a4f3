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
            journal.GoOn(JsonSerializer.Serialize(key, JournalJson.Default.JournalKey));
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
        Write(JsonSerializer.Serialize(JournalLine.Of(final), JournalJson.Default.JournalLine));
        End = final.End;
    }

    /// <summary>The finals in order, read from the disk one by one.</summary>
    public IEnumerable<Transcript> Finals()
    {
        // Windows lets nobody read what we write, not even ourselves, who does not allow for the writing.
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        reader.ReadLine(); // the key
        while (reader.ReadLine() is { } line) yield return Parse(line);
    }

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
        else if (good > _file.Length) _file.Write("\n"u8); // all of a line but its end
    }

    private bool Read(string line)
    {
        try
        {
            End = Parse(line).End;
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

    private static Transcript Parse(string line) =>
        (JsonSerializer.Deserialize(line, JournalJson.Default.JournalLine) ?? throw new JsonException("A line without a final.")).ToTranscript();
}
