using BroadcastCaptions.ObsPlugin.Host;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.ObsPlugin.Tests;

public sealed class ChildTests
{
    [Fact]
    public async Task What_it_said_last_is_kept_with_its_exit_code_and_a_flood_of_words_holds_it_up_no_more_than_it_fills_memory()
    {
        using var child = Child.Start(["/bin/sh", "-c", "seq 100000 >&2; echo 'There is no model.' >&2; echo 'Fetch one.' >&2; exit 3"]);
        await Wait.UntilAsync(() => child.ExitCode() is not null, Wait.Generous, "its end");
        Assert.Equal(3, child.ExitCode());
        Assert.Equal(["100000", "There is no model.", "Fetch one."], child.LastWords.TakeLast(3));
        Assert.InRange(child.LastWords.Sum(line => line.Length + 1), 1_000, 2_048);
    }

    [Fact]
    public async Task It_ends_when_its_input_does()
    {
        using var child = Child.Start(["/bin/cat"]);
        Assert.Null(child.ExitCode());
        child.Dispose();
        await Wait.UntilAsync(() => child.ExitCode() is not null, Wait.Generous, "its end");
        Assert.Equal(0, child.ExitCode());
        Assert.Empty(child.LastWords);
    }

    [Fact]
    public void One_that_is_not_there_is_an_error() => Assert.Throws<FileNotFoundException>(() => Child.Start(["/nowhere/captions"]));
}
