// windows-plug-in NAME SAMPLES: plays a file of 32-bit floats, 16 kHz mono, to the captioner at real speed, on air; says what the captioner
// tells it, a line each, until the captioner closes.
using System.Runtime.InteropServices;
using System.Text;
using BroadcastCaptions.Bridge;
using BroadcastCaptions.Bridge.Messages;
using BroadcastCaptions.Bridge.Places;
using BroadcastCaptions.TestKit.PlugIns;

const int Rate = 16_000, Block = 320; // 20 ms
const long Second = 1_000_000_000;

Console.OutputEncoding = new UTF8Encoding(false);
var samples = File.ReadAllBytes(args[1]);
using var plugIn = await FakePlugIn.ConnectAsync(BridgePlace.Ours, args[0]);
var (zero, frame) = (BridgeClock.Now, 0);
plugIn.OnAir(true, 0, zero);
while (plugIn.Listen(Tell))
{
    var due = (BridgeClock.Now - zero) * Rate / Second;
    for (; frame + Block <= due; frame += Block)
        plugIn.Play(frame, zero + (frame * Second / Rate), Samples(frame), Rate);
    Thread.Sleep(5);
}

Console.WriteLine("closed");

ReadOnlySpan<float> Samples(int from)
{
    var all = MemoryMarshal.Cast<byte, float>(samples.AsSpan());
    return from + Block <= all.Length ? all.Slice(from, Block) : new float[Block];
}

void Tell(MessageType type, ReadOnlySpan<byte> payload)
{
    if (type == MessageType.Caption && CaptionText.TryParse(payload, out var caption))
        Console.WriteLine($"{caption.Kind}|{Encoding.UTF8.GetString(caption.Source)}|{Encoding.UTF8.GetString(caption.Text).ReplaceLineEndings(" ")}");
    if (type == MessageType.State && CaptionerState.TryParse(payload, out var state)) Console.WriteLine($"State||{Encoding.UTF8.GetString(state.Text)}");
}
