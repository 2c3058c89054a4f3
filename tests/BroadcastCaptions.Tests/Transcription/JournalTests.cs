using BroadcastCaptions.Speech;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.Transcription;

namespace BroadcastCaptions.Tests.Transcription;

public sealed class JournalTests : IDisposable
{
    private static readonly JournalKey Key = new(1, "talk.wav", 100, DateTime.UnixEpoch, "tiny", null, "Transcribe", "Fast");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_recognised_is_read_back_as_it_was()
    {
        using (var journal = Open()) Add(journal, 1, 2);
        using var again = Open();
        Assert.Equal(2.5, again.End.Seconds);
        Assert.False(again.WasOther);
        Assert.Equal([Final(1), Final(2)], again.Finals(), Same);
    }

    [Fact]
    public void A_line_that_a_kill_left_half_written_is_dropped_and_the_rest_goes_on()
    {
        using (var journal = Open()) Add(journal, 1, 2);
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..^20]);
        using var again = Open();
        Assert.Equal(1.5, again.End.Seconds);
        again.Add(Final(3));
        Assert.Equal([Final(1), Final(3)], again.Finals(), Same);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_line_that_lacks_only_its_end_is_whole_and_the_next_one_stands_alone(int finals)
    {
        using (var journal = Open()) Add(journal, [.. Enumerable.Range(1, finals)]);
        var bytes = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, bytes[..^1]);
        using (var again = Open()) Add(again, finals + 1);
        using var third = Open();
        Assert.Equal(Enumerable.Range(1, finals + 1).Select(Final), third.Finals(), Same);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Segment":2,"Start":3,"End":4,"Language":"en","Words":null}""")]
    public void A_line_that_is_no_final_is_dropped(string line)
    {
        using (var journal = Open()) Add(journal, 1);
        File.AppendAllText(Path, line + "\n");
        using var again = Open();
        Assert.Equal([Final(1)], again.Finals(), Same);
    }

    [Fact]
    public void Another_file_or_other_settings_begin_anew()
    {
        using (var journal = Open()) Add(journal, 1, 2);
        using var other = Journal.Open(Path, Key with { Bytes = 101 });
        Assert.True(other.WasOther);
        Assert.Equal(0, other.End.Seconds);
        Assert.Empty(other.Finals());
    }

    private string Path => _folder["talk.captions-part"];

    private Journal Open() => Journal.Open(Path, Key);

    private static void Add(Journal journal, params ReadOnlySpan<int> numbers)
    {
        foreach (var number in numbers) journal.Add(Final(number));
    }

    private static Transcript Final(int number) => new(
        "file", number, 1, true, new(number), new(number + 0.5), "de", [new("größer", new(number), new(number + 0.25), 0.5, false), new("«x»", new(number + 0.25), new(number + 0.4), 1)], 2);

    private static bool Same(Transcript a, Transcript b) =>
        (a.Segment, a.Start, a.End, a.Language, a.Text) == (b.Segment, b.Start, b.End, b.Language, b.Text) && a.Words.SequenceEqual(b.Words);
}
