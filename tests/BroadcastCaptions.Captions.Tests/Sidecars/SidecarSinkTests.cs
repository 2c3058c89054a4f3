using BroadcastCaptions.Captions.Sidecars;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

public class SidecarSinkTests
{
    [Fact]
    public async Task Writes_each_final_at_once_as_SubRip()
    {
        var rig = new SidecarRig(new SrtFormat());
        await rig.Say("Hello there.", 1, 1);
        Assert.Equal("1\n00:00:01,000 --> 00:00:02,000\nHello there.\n\n", rig.Disk.Text);
        await rig.Say("Good day.", 2, 3661.5);
        Assert.EndsWith("2\n01:01:01,500 --> 01:01:02,500\nGood day.\n\n", rig.Disk.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writes_WebVTT_with_voices_and_escapes()
    {
        var rig = new SidecarRig(new VttFormat(), "Alice", "R&D");
        await rig.Say("a <b> & c", 1, 1, "Alice");
        await rig.Say("yes", 1, 9, "R&D");
        Assert.Equal(
            "WEBVTT\n\nNOTE zero is 2026-11-22T20:15:03.000+01:00\n\n"
            + "00:00:01.000 --> 00:00:02.900\n<v Alice>a &lt;b&gt; &amp; c\n\n"
            + "00:00:09.000 --> 00:00:10.000\n<v R&amp;D>yes\n\n",
            rig.Disk.Text);
        Assert.Equal(2, CaptionFile.Vtt(rig.Disk.Text).Count);
    }

    [Fact]
    public async Task Writes_plain_text_a_line_a_final()
    {
        var rig = new SidecarRig(new TxtFormat(), "Alice", "Bob");
        await rig.Say("Hello there, you all, on this long day that has only begun.", 1, 1, "Alice");
        await rig.Say("Hi.", 1, 20, "Bob");
        Assert.Equal("ALICE: Hello there, you all, on this long day that has only begun.\nBOB: Hi.\n", rig.Disk.Text);
    }

    [Fact]
    public async Task Labels_stand_before_the_words_of_several_speakers()
    {
        var rig = new SidecarRig(new SrtFormat(), "Alice", "Bob");
        await rig.Say("Hello there.", 1, 1, "Alice");
        Assert.Equal("ALICE: Hello there.", Assert.Single(CaptionFile.Srt(rig.Disk.Text)).Text);
    }

    [Fact]
    public async Task A_cue_leaves_when_the_next_words_come_sooner_than_it_was_to_stay()
    {
        var rig = new SidecarRig(new SrtFormat());
        await rig.Say("Yes.", 1, 1);
        Assert.Equal(2, CaptionFile.Srt(rig.Disk.Text)[0].End, 3);
        await rig.Say("And more.", 2, 1.6);
        var cues = CaptionFile.Srt(rig.Disk.Text);
        Assert.Equal((1, 1.517, 1.6), (cues[0].Start, cues[0].End, cues[1].Start));
    }

    [Fact]
    public async Task Partials_and_empty_finals_write_nothing()
    {
        var rig = new SidecarRig(new SrtFormat());
        await rig.Say(Say.Partial("mic", 1, "not yet"), 1);
        await rig.Say(Say.Final("mic", 1, ""), 2);
        Assert.Equal("", rig.Disk.Text);
    }

    [Fact]
    public async Task A_final_waits_for_one_that_began_earlier_and_is_still_being_said()
    {
        var rig = new SidecarRig(new SrtFormat(), "Alice", "Bob");
        await rig.Say(Say.Partial("Alice", 1, "a long", 0, 1), 2);
        await rig.Say("uh-huh", 1, 3, "Bob");
        Assert.Equal("", rig.Disk.Text);
        await rig.Say("a long story of mine", 1, 1, "Alice");
        Assert.Equal(["ALICE: a long story of mine", "BOB: uh-huh"], CaptionFile.Srt(rig.Disk.Text).Select(cue => cue.Text));
    }

    [Fact]
    public async Task But_not_for_ever()
    {
        var rig = new SidecarRig(new SrtFormat(), "Alice", "Bob");
        await rig.Say(Say.Partial("Alice", 1, "a long", 0, 1), 2);
        await rig.Say("uh-huh", 1, 3, "Bob");
        await rig.Pass(14);
        Assert.Equal("BOB: uh-huh", Assert.Single(CaptionFile.Srt(rig.Disk.Text)).Text);
        await rig.Say("a long story", 1, 1, "Alice");
        Assert.Equal([3, 3], CaptionFile.Srt(rig.Disk.Text).Select(cue => cue.Start));
    }

    [Fact]
    public async Task What_still_waits_at_the_end_is_written()
    {
        var rig = new SidecarRig(new SrtFormat(), "Alice", "Bob");
        await rig.Say(Say.Partial("Alice", 1, "a long", 0, 1), 2);
        await rig.Say("uh-huh", 1, 3, "Bob");
        await rig.Sink.DisposeAsync();
        Assert.Single(CaptionFile.Srt(rig.Disk.Text));
        Assert.True(rig.Disk.IsDisposed);
        Assert.Empty(rig.States);
    }

    [Fact]
    public async Task A_session_without_words_leaves_a_valid_file()
    {
        var rig = new SidecarRig(new VttFormat());
        await rig.Sink.DisposeAsync();
        Assert.Empty(CaptionFile.Vtt(rig.Disk.Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_long_show_makes_valid_files_in_order_with_no_overlap_of_one_speaker(int seed)
    {
        var random = new Random(seed);
        var (srt, vtt) = (new SidecarRig(new SrtFormat()), new SidecarRig(new VttFormat()));
        var at = 0.5;
        for (var segment = 1; segment <= 60; segment++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 25)).Select(_ => new string('w', random.Next(1, 12))));
            await srt.Say(text, segment, at);
            await vtt.Say(text, segment, at);
            CaptionFile.Srt(srt.Disk.Text);
            at += text.Split(' ').Length * Say.WordSeconds + random.NextDouble() * 3;
        }

        var cues = CaptionFile.Srt(srt.Disk.Text);
        Assert.Equal(cues, CaptionFile.Vtt(vtt.Disk.Text), (a, b) => a.Text == b.Text && a.Start.Equals(b.Start) && a.End.Equals(b.End));
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
    }
}
