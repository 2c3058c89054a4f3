using BroadcastCaptions.Captions.Sidecars;
using BroadcastCaptions.Events;

namespace BroadcastCaptions.Captions.Tests.Sidecars;

public class FullDiskTests
{
    private readonly SidecarRig _rig = new(new SrtFormat());

    [Fact]
    public async Task A_full_disk_is_reported_once_and_the_file_stays_valid()
    {
        await _rig.Say("Before.", 1, 1);
        _rig.Disk.Capacity = _rig.Disk.Text.Length + 10;
        await _rig.Say("While full.", 2, 5);
        await _rig.Say("Still full.", 3, 8);
        Assert.Equal("Before.", Assert.Single(CaptionFile.Srt(_rig.Disk.Text)).Text);
        var state = Assert.Single(_rig.States);
        Assert.Equal((Health.Degraded, "The disk is full; captions go on, those from 0:00:05.000 wait in memory."), (state.Health, state.Detail));
        Assert.NotEqual("", state.Remedy);
    }

    [Fact]
    public async Task Writing_resumes_by_itself_with_all_that_waited()
    {
        await _rig.Say("Before.", 1, 1);
        _rig.Disk.Capacity = _rig.Disk.Text.Length + 10;
        await _rig.Say("While full.", 2, 5);
        _rig.Disk.Capacity = long.MaxValue;
        await _rig.Pass(60);
        Assert.Equal(["Before.", "While full."], CaptionFile.Srt(_rig.Disk.Text).Select(cue => cue.Text));
        Assert.Equal((Health.Ok, "Writing has resumed; nothing was lost."), (_rig.States[^1].Health, _rig.States[^1].Detail));
        Assert.Equal(2, _rig.States.Count);
    }

    [Fact]
    public async Task It_waits_between_tries()
    {
        _rig.Disk.Capacity = 0;
        await _rig.Say("While full.", 1, 5);
        _rig.Disk.Capacity = long.MaxValue;
        await _rig.Pass(6.6);
        Assert.Equal("", _rig.Disk.Text);
        await _rig.Pass(7.1);
        Assert.NotEqual("", _rig.Disk.Text);
    }

    [Fact]
    public async Task Remains_that_could_not_be_cut_at_once_are_cut_before_the_next_write()
    {
        await _rig.Say("Before.", 1, 1);
        (_rig.Disk.Capacity, _rig.Disk.RefusesTruncation) = (_rig.Disk.Text.Length + 10, true);
        await _rig.Say("While full.", 2, 5);
        (_rig.Disk.Capacity, _rig.Disk.RefusesTruncation) = (long.MaxValue, false);
        await _rig.Pass(60);
        Assert.Equal(["Before.", "While full."], CaptionFile.Srt(_rig.Disk.Text).Select(cue => cue.Text));
    }

    [Theory]
    [InlineData(".srt", "[captions lost from 0:00:10.000 to 0:00:19.400]")]
    [InlineData(".vtt", "NOTE captions lost from 0:00:10.000 to 0:00:19.400")]
    [InlineData(".txt", "[captions lost from 0:00:10.000 to 0:00:19.400]")]
    public async Task What_the_queue_cannot_hold_is_counted_and_named(string extension, string remark)
    {
        SidecarFormat format = extension switch { ".srt" => new SrtFormat(), ".vtt" => new VttFormat(), _ => new TxtFormat() };
        var rig = new SidecarRig(format);
        rig.Disk.Capacity = 0;
        for (var i = 0; i < SidecarWriter.QueueLimit + 2; i++) await rig.Say("word", i + 1, 10 + i * 9);
        Assert.Equal(2, rig.Counters.Get("sidecar.lost").Value);
        Assert.Equal(2, rig.States.Count);
        rig.Disk.Capacity = long.MaxValue;
        await rig.Pass(1e6);
        Assert.Contains(remark, rig.Disk.Text, StringComparison.Ordinal);
        Assert.Equal(Health.Degraded, rig.States[^1].Health);
        Assert.Contains("from 0:00:10.000 to 0:00:19.400 were lost", rig.States[^1].Detail, StringComparison.Ordinal);
        if (extension == ".srt") Assert.Equal(SidecarWriter.QueueLimit + 1, CaptionFile.Srt(rig.Disk.Text).Count);
    }

    [Fact]
    public async Task A_show_that_ends_on_a_full_disk_says_which_captions_the_file_lacks()
    {
        await _rig.Say("Before.", 1, 1);
        _rig.Disk.Capacity = _rig.Disk.Text.Length;
        await _rig.Say("While full.", 2, 5);
        await _rig.Sink.DisposeAsync();
        Assert.Equal(Health.Failed, _rig.States[^1].Health);
        Assert.Contains("captions from 0:00:05.000 to 0:00:05.900 are not in the file", _rig.States[^1].Detail, StringComparison.Ordinal);
        Assert.Single(CaptionFile.Srt(_rig.Disk.Text));
    }

    [Fact]
    public async Task A_disk_that_is_full_from_the_start_gets_the_header_later()
    {
        var rig = new SidecarRig(new VttFormat());
        rig.Disk.Capacity = 0;
        await rig.Pass(0);
        Assert.Single(rig.States);
        rig.Disk.Capacity = long.MaxValue;
        await rig.Say("Hello.", 1, 5);
        Assert.Single(CaptionFile.Vtt(rig.Disk.Text));
    }
}
