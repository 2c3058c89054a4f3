using System.Runtime.InteropServices;

namespace BroadcastCaptions.Speech.Moonshine.Convolving;

/// <summary>A convolution over time, without padding.</summary>
/// <param name="Inputs">Channels that it reads.</param>
/// <param name="Kernel">Steps of a window.</param>
/// <param name="Stride">Steps between two windows.</param>
/// <param name="Outputs">Channels that it gives.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct StemWindow(int Inputs, int Kernel, int Stride, int Outputs)
{
    /// <summary>Numbers of a window.</summary>
    public int Width => Inputs * Kernel;

    /// <summary>From a window's first number to the next one's.</summary>
    public int Distance => Inputs * Stride;

    /// <summary>Is it one?</summary>
    public bool IsSound => Inputs > 0 && Kernel > 0 && Stride > 0 && Outputs > 0;

    /// <summary>Windows that lie within so many steps.</summary>
    public int Count(int steps) => steps < Kernel ? 0 : ((steps - Kernel) / Stride) + 1;

    /// <summary>Steps that so many windows read.</summary>
    public int Reach(int windows) => windows == 0 ? 0 : ((windows - 1) * Stride) + Kernel;
}

/// <summary>What the file of a stem's weights begins with.</summary>
/// <param name="Format">What it is, and of which version.</param>
/// <param name="First">The convolution over samples.</param>
/// <param name="Second">The convolution over its channels.</param>
/// <param name="Third">The convolution over the second's.</param>
/// <param name="Epsilon">What keeps the norm's variance from zero.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct StemSizes(int Format, StemWindow First, StemWindow Second, StemWindow Third, float Epsilon)
{
    /// <summary>"BCS1".</summary>
    public const int Known = 0x31534342;

    /// <summary>Do its parts fit each other?</summary>
    public bool IsSound =>
        Format == Known && First.IsSound && Second.IsSound && Third.IsSound && First.Inputs == 1 && Second.Inputs == First.Outputs && Third.Inputs == Second.Outputs;

    /// <summary>Samples that give a single step.</summary>
    public int Shortest => First.Reach(Second.Reach(Third.Reach(1)));
}
