using System.Text.Json.Nodes;
using BroadcastCaptions.Captions;
using BroadcastCaptions.Events;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Time;

namespace BroadcastCaptions.Core.Tests;

/// <summary>The published form: other programs read it, so a change here is a break for them.</summary>
public sealed class EventJsonTests
{
    private static readonly Transcript Hello = new(
        "mic", 3, 2, false, new MediaTime(1.5), new MediaTime(2.25), "en",
        [new TimedWord("Grüß", new(1.5), new(1.8), 0.91234), new TimedWord("\"Gott\"", new(1.8), new(2.2), 0.5)], 1);

    [Fact]
    public void Partial_has_every_published_field() => Assert.Equal(
        """{"v":1,"type":"partial","source":"mic","segment":3,"revision":2,"start":1.5,"end":2.25,"language":"en","text":"Grüß \"Gott\"","stable":1,"words":[{"text":"Grüß","start":1.5,"end":1.8,"probability":0.912},{"text":"\"Gott\"","start":1.8,"end":2.2,"probability":0.5}],"emitted":2.4}""",
        EventJson.Write(new TranscriptEvent(new(2.4), Hello)));

    [Fact]
    public void Final_is_named_so() =>
        Assert.Equal("final", (string?)JsonNode.Parse(EventJson.Write(new TranscriptEvent(new(2.4), Hello with { IsFinal = true })))!["type"]);

    [Fact]
    public void Cue_carries_its_lines() => Assert.Equal(
        """{"v":1,"type":"cue","id":7,"revision":2,"start":1,"end":2,"lines":[{"text":"Hello wor","source":"mic","stable":5}],"emitted":2.1}""",
        EventJson.Write(new CueEvent(new(2.1), new CaptionCue(7, 2, new(1), new(2), [new CaptionLine("Hello wor", "mic", 5)]))));

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_event_has_a_form(CaptionEvent captionEvent, string type)
    {
        var json = JsonNode.Parse(EventJson.Write(captionEvent))!;
        Assert.Equal((1, type), ((int)json["v"]!, (string?)json["type"]));
        Assert.DoesNotContain('\n', EventJson.Write(captionEvent));
    }

    public static TheoryData<CaptionEvent, string> Others() => new()
    {
        { new RetractEvent(new(1), 7), "retract" },
        { new ClearEvent(new(1)), "clear" },
        { new StateEvent(new(1), new ComponentState("obs", Health.Waiting, "OBS does not run.", "Start OBS.")), "state" },
        { new MetricsEvent(new(1), new Dictionary<string, double> { ["queue"] = 2 }), "metrics" },
    };
}
